-- Agencies, units, posts, people. Everything has validity: [valid_from, valid_to) in Vietnamese days, valid_to null = open.
-- A unit that is closed keeps its row and points to its successors; nothing is deleted.
create schema organisation;
grant usage on schema organisation to motcua_app;

create table organisation.unit (
  id uuid primary key,
  -- Identifier code (QĐ 20/2020): H57 · H57.12 · H57.12.03. Unique among units that are open.
  code text not null check (code ~ '^[A-Z]\d{2}(\.\d{2,3}){0,3}$'),
  name text not null,
  short_name text not null,
  kind text not null,
  level text not null check (level in ('province', 'commune')),
  parent_id uuid references organisation.unit,
  -- The agency (cơ quan) that it is part of; itself where it is one.
  agency_id uuid not null references organisation.unit deferrable initially deferred,
  -- What data/organisations/offering.json calls it: `office`, `economy`, `justice`. Unique within an agency.
  remit text,
  -- Code of the statistics office, for communes and the city.
  area_code text,
  valid_from date not null,
  valid_to date check (valid_to >= valid_from),
  name_fold text generated always as (search.fold(name)) stored
);
create unique index on organisation.unit (code) where valid_to is null;
create index on organisation.unit (parent_id);
create index on organisation.unit (agency_id);

-- Every name that a unit has borne: a paper of 2024 keeps the name of 2024.
create table organisation.unit_name (
  unit_id uuid not null references organisation.unit,
  valid_from date not null,
  name text not null,
  short_name text not null,
  primary key (unit_id, valid_from)
);

create table organisation.succession (
  predecessor_id uuid not null references organisation.unit,
  successor_id uuid not null references organisation.unit,
  primary key (predecessor_id, successor_id)
);
create index on organisation.succession (successor_id);

-- Officers and applicants alike: one person, one row, whether behind the counter or before it.
create table organisation.person (
  id uuid primary key,
  kind text not null check (kind in ('individual', 'organisation')),
  name text not null,
  -- Twelve digits of a person, tax or enterprise code of an organisation.
  personal_number text,
  phone text,
  birth_on date,
  gender text check (gender in ('male', 'female')),
  address text,
  email text,
  name_fold text generated always as (search.fold(name)) stored
);
create unique index on organisation.person (personal_number);
create index on organisation.person (phone);
create index on organisation.person using gin (name_fold extension.gin_trgm_ops);

create table organisation.post (
  id uuid primary key,
  unit_id uuid not null references organisation.unit,
  role text not null,
  title text not null,
  valid_from date not null,
  valid_to date check (valid_to >= valid_from)
);
create index on organisation.post (unit_id);

create table organisation.tenure (
  post_id uuid not null references organisation.post,
  person_id uuid not null references organisation.person,
  valid_from date not null,
  valid_to date check (valid_to >= valid_from),
  primary key (post_id, person_id, valid_from)
);
create index on organisation.tenure (person_id);

create view organisation.pub_unit as
  select id, code, name, short_name, kind, level, parent_id, agency_id, remit, area_code, valid_from, valid_to from organisation.unit;
create view organisation.pub_post as select id, unit_id, role, title, valid_from, valid_to from organisation.post;
create view organisation.pub_tenure as select post_id, person_id, valid_from, valid_to from organisation.tenure;
create view organisation.pub_person as
  select id, kind, name, name_fold, personal_number, phone, birth_on, gender, address, email from organisation.person;

-- Posts held, each with the days on which tenure, post and unit are all valid: what access asks on every request.
create view organisation.pub_held_post as
  select t.person_id, p.id as post_id, p.role, p.title, p.unit_id, u.agency_id, u.name as unit_name, a.name as agency_name,
         greatest(t.valid_from, p.valid_from, u.valid_from) as valid_from,
         least(t.valid_to, p.valid_to, u.valid_to) as valid_to
    from organisation.tenure t
    join organisation.post p on p.id = t.post_id
    join organisation.unit u on u.id = p.unit_id
    join organisation.unit a on a.id = u.agency_id;

grant select, insert, update, delete on all tables in schema organisation to motcua_app;
