-- The city's working calendar (C2, C3, C14): days that differ from the ordinary week, and office hours. Folded from one stream of events.
create schema calendar;
grant usage on schema calendar to motcua_app;

create table calendar.day (
  date date primary key check (date >= '2020-01-01'),
  kind text not null check (kind in ('holiday', 'compensatory', 'swapped-off', 'swapped-workday')),
  name text not null,
  -- Law or notice that it rests on.
  source text not null,
  -- 'projected': expected, not announced; its year stays provisional (C14).
  status text not null check (status in ('announced', 'projected')),
  -- The other day of a swap.
  pair date,
  note text
);

create table calendar.office_hours (
  id uuid primary key,
  -- null = every agency without hours of its own. A plain id: organisation is a module of the same tier.
  agency_id uuid,
  -- [{"opens": "07:30", "closes": "11:30"}, …]
  sessions jsonb not null,
  valid_from date not null,
  valid_to date check (valid_to >= valid_from),
  -- The part of every year in which they hold, MM-DD, both included; null = the whole year.
  season_from text,
  season_to text,
  check ((season_from is null) = (season_to is null))
);
create index on calendar.office_hours (agency_id);

-- One row: the number of the last change, which tells every process whether the calendar that it has built is still the one.
create table calendar.version (one boolean primary key default true check (one), version int not null);
insert into calendar.version (version) values (0);

grant select, insert, update, delete on all tables in schema calendar to motcua_app;
revoke insert, delete on calendar.version from motcua_app;
