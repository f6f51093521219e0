-- What hardly changes and is asked for all day (the catalogue, the calendar, who handles what) is kept in the memory of each process for as long as its
-- version here stands. A version is moved by a trigger, in the transaction of the change: no command can forget it, and a change that is undone leaves none.
-- Chance instead of a count: two databases, or a change that was rolled back and another one, never bear the same version.
create table platform.version (name text primary key, v uuid not null);

create function platform.move_version() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into platform.version (name, v) values (tg_argv[0], gen_random_uuid()) on conflict (name) do update set v = excluded.v;
  return null;
end $$;

insert into platform.version (name, v) select n, gen_random_uuid() from unnest(array['catalogue', 'calendar', 'organisation']) n;

create trigger move_version after insert or update or delete or truncate on catalogue.procedure for each statement execute function platform.move_version('catalogue');
create trigger move_version after insert or update or delete or truncate on catalogue.settled_row for each statement execute function platform.move_version('catalogue');
create trigger move_version after insert or update or delete or truncate on calendar.version for each statement execute function platform.move_version('calendar');
create trigger move_version after insert or update or delete or truncate on calendar.day for each statement execute function platform.move_version('calendar');
create trigger move_version after insert or update or delete or truncate on calendar.office_hours for each statement execute function platform.move_version('calendar');
create trigger move_version after insert or update or delete or truncate on organisation.unit for each statement execute function platform.move_version('organisation');
create trigger move_version after insert or update or delete or truncate on organisation.post for each statement execute function platform.move_version('organisation');

grant select on platform.version to motcua_app;
