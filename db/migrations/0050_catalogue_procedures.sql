-- The catalogue: procedures, their immutable revisions, what an administrator settled, and its history.
create schema catalogue;
grant usage on schema catalogue to motcua_app;

create table catalogue.procedure (
  id uuid primary key,
  code text not null unique,
  current_revision_id uuid not null,
  imported_at timestamptz(3) not null
);

-- Immutable: the program may insert and read, nothing else. The identity is the digest of the canonical record.
create table catalogue.revision (
  id uuid primary key,
  procedure_id uuid not null references catalogue.procedure,
  n int not null check (n > 0),
  digest bytea not null check (length(digest) = 32),
  name text not null,
  field text not null,
  levels text[] not null,
  publisher text,
  imported_at timestamptz(3) not null,
  record jsonb not null,
  -- Where the record came from; outside the identity.
  source jsonb not null,
  -- What a list of procedures needs, so that it need not read the long texts.
  methods jsonb not null generated always as (record -> 'methods') stored,
  unique (procedure_id, n),
  unique (procedure_id, digest)
);
alter table catalogue.procedure add foreign key (current_revision_id) references catalogue.revision deferrable initially deferred;

-- What the published text leaves open and an administrator decided, one row of the methods table each. Holds for one revision: a new one asks again.
create table catalogue.settled_row (
  revision_id uuid not null references catalogue.revision,
  n int not null check (n > 0),
  procedure_id uuid not null references catalogue.procedure,
  -- Both null: the law sets no limit. 0 working days = in-day (C5).
  limit_amount numeric(7, 1) check (limit_amount >= 0),
  limit_unit text check (limit_unit in ('working-day', 'day', 'hour', 'month')),
  -- Minutes of the day; only with 0 working days (C5).
  in_day_cutoff_minutes int check (in_day_cutoff_minutes between 0 and 1439),
  applies_when text,
  fee jsonb,
  reason text not null,
  source_text text not null,
  settled_at timestamptz(3) not null,
  primary key (revision_id, n),
  check ((limit_amount is null) = (limit_unit is null)),
  check (in_day_cutoff_minutes is null or (limit_amount = 0 and limit_unit = 'working-day'))
);

-- One row that grows with every change of the catalogue: what is kept in memory is good for one version.
create table catalogue.version (only_row boolean primary key default true check (only_row), n bigint not null);
insert into catalogue.version (n) values (0);

-- Read model, rebuilt from the log by the subscription `catalogue-history`.
create table catalogue.history (
  procedure_id uuid not null,
  seq int not null,
  at timestamptz(3) not null,
  type text not null,
  actor jsonb not null,
  data jsonb not null,
  primary key (procedure_id, seq)
);
create index on catalogue.history (at desc);

create view catalogue.pub_procedure as
  select p.id, p.code, p.current_revision_id as revision_id, r.name, r.field, r.levels, r.publisher
    from catalogue.procedure p join catalogue.revision r on r.id = p.current_revision_id;
create view catalogue.pub_revision as
  select r.id, r.procedure_id, p.code, r.n, r.name, r.field, r.levels, r.publisher
    from catalogue.revision r join catalogue.procedure p on p.id = r.procedure_id;

grant select, insert, update on catalogue.procedure, catalogue.settled_row to motcua_app;
grant select, insert on catalogue.revision to motcua_app;
grant select, update on catalogue.version to motcua_app;
grant select, insert, update, delete, truncate on catalogue.history to motcua_app;
grant select on catalogue.pub_procedure, catalogue.pub_revision to motcua_app;
