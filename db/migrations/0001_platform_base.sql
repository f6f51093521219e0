-- The ground that every module stands on: search functions, idempotent requests, yearly partitions.
create schema search;
create schema extension;
create extension if not exists unaccent schema extension;
create extension if not exists pg_trgm schema extension;
create extension if not exists btree_gin schema extension;
grant usage on schema search, platform, extension to motcua_app;

-- Decision 14. Immutable although unaccent() is only stable, because the dictionary is named and never changes.
create function search.fold(t text) returns text language sql immutable parallel safe strict
  return lower(extension.unaccent('extension.unaccent'::regdictionary, normalize(t, NFC)));

-- Decision 17: the first answer of a command, by its submission key.
create table platform.request (
  id uuid primary key,
  command text not null,
  actor text not null,
  input_digest bytea not null,
  answer jsonb not null,
  at timestamptz(3) not null,
  keep_until timestamptz(3) not null
);
create index on platform.request (keep_until);

-- Settings of the installation, written once: mode, name of the city. Never secrets.
create table platform.setting (key text primary key, value jsonb not null);

-- Yearly partitions (decisions 11–13). `parent_table` = whose partition of the same year a child's rows refer to.
create table platform.yearly_table (
  table_name text primary key,
  position int not null,
  partition_key text not null,
  parent_table text references platform.yearly_table
);
grant select on platform.yearly_table to motcua_app;
grant select, insert, update, delete on platform.request to motcua_app;
grant select, insert on platform.setting to motcua_app;

-- The smallest UUIDv7 of a Vietnamese new year. 2026 → 019b755a-2280-0000-0000-000000000000
create function platform.year_floor(year int) returns uuid language sql immutable
  return (lpad(to_hex((extract(epoch from make_timestamptz(year, 1, 1, 0, 0, 0, 'Asia/Ho_Chi_Minh')) * 1000)::bigint), 12, '0')
          || '00000000000000000000')::uuid;

-- Years that stand outside the tables at present: never re-created empty, still walked by `verify`.
create table platform.detached_year (year int primary key, at timestamptz(3) not null default now());
grant select on platform.detached_year to motcua_app;

-- Creates the partitions of a year where they are missing. There is no DEFAULT partition on purpose: it would block adding a year.
-- The program's role may call it (the daily schedule does), so the range is checked.
create function platform.ensure_year(year int) returns int language plpgsql security definer set search_path = pg_catalog as $$
declare t record; part text; made int := 0;
begin
  if ensure_year.year not between 2000 and 2199 then raise exception 'no such year of work: %', ensure_year.year; end if;
  if exists (select from platform.detached_year d where d.year = ensure_year.year) then return 0; end if;
  for t in select * from platform.yearly_table order by position loop
    part := t.table_name || '_' || year;
    continue when to_regclass(part) is not null;
    execute format('create table %s partition of %s for values from (%L) to (%L)', part, t.table_name,
                   platform.year_floor(year), platform.year_floor(year + 1));
    if t.parent_table is not null then
      execute format('alter table %s add foreign key (%I) references %s', part, t.partition_key, t.parent_table || '_' || year);
    end if;
    if t.table_name like 'log.%' then
      execute format('create trigger append_only_truncate before truncate on %s execute function log.refuse_change()', part);
    end if;
    made := made + 1;
  end loop;
  return made;
end $$;

-- Takes a year out of the tables, children first. Each keeps its rows; a child's foreign key points at the parent's partition of the same
-- year, not at the whole parent, so it goes along unharmed. Detaching drops the row triggers that came from the parent: the log's tables
-- get their own, and stay readable for `verify`.
create function platform.detach_year(year int) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare t record; part text;
begin
  for t in select * from platform.yearly_table order by position desc loop
    part := t.table_name || '_' || year;
    execute format('alter table %s detach partition %s', t.table_name, part);
    if t.table_name like 'log.%' then
      execute format('create trigger append_only_detached before insert or update or delete on %s for each row execute function log.refuse_change()', part);
      execute format('grant select on %s to motcua_app', part);
    end if;
  end loop;
  insert into platform.detached_year (year) values (detach_year.year);
end $$;

create function platform.attach_year(year int) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare t record; part text;
begin
  for t in select * from platform.yearly_table order by position loop
    part := t.table_name || '_' || year;
    if t.table_name like 'log.%' then
      execute format('drop trigger if exists append_only_detached on %s', part);
      execute format('revoke select on %s from motcua_app', part);
    end if;
    execute format('alter table %s attach partition %s for values from (%L) to (%L)', t.table_name, part,
                   platform.year_floor(year), platform.year_floor(year + 1));
  end loop;
  delete from platform.detached_year d where d.year = attach_year.year;
end $$;
revoke execute on function platform.detach_year(int), platform.attach_year(int) from public;
