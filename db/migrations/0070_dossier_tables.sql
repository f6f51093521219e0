-- Dossiers (decisions 11–15). Partitioned by the year in their id; everything that hangs on a dossier is keyed and partitioned by its id.
-- Only dossier.code, dossier.code_counter and dossier.wrong_look_up are whole: codes are unique over all years, and keep their aliases.
create schema dossier;
grant usage on schema dossier to motcua_app;

create table dossier.dossier (
  id uuid primary key,
  -- Number of its last event, and of the last that moved it.
  seq int not null,
  version int not null,
  status text not null,
  national_code smallint not null check (national_code between 1 and 10),
  open boolean not null,
  regime text not null,
  procedure_code text not null,
  revision_id uuid not null,
  method_n smallint not null,
  channel text not null check (channel in ('counter', 'online', 'postal')),
  desk_id uuid not null,
  receiving_agency_id uuid not null,
  agency_id uuid not null,
  division_id uuid not null,
  applicant_id uuid not null,
  applicant_kind text not null,
  applicant_name text not null,
  applicant_fold text generated always as (search.fold(applicant_name)) stored,
  applicant_number text,
  applicant_phone text,
  applicant_address text,
  applicant_email text,
  submitter_id uuid,
  submitter_name text,
  submitter_phone text,
  submitter_relation text,
  -- In halves of the unit: 3 = one and a half.
  limit_halves int not null,
  limit_unit text not null check (limit_unit in ('working-day', 'day', 'month', 'hour')),
  calendar_version int not null,
  -- Digest of the process that it started with.
  process text not null,
  received_at timestamptz(3) not null,
  received_on date generated always as ((received_at at time zone 'Asia/Ho_Chi_Minh')::date) stored,
  received_by_person uuid,
  received_by_post uuid,
  effective_start timestamptz(3) not null,
  due_original_at timestamptz(3) not null,
  due_at timestamptz(3),
  due_on date generated always as ((due_at at time zone 'Asia/Ho_Chi_Minh')::date) stored,
  provisional boolean not null,
  explanation jsonb not null,
  sets smallint not null,
  delivery text not null check (delivery in ('counter', 'postal', 'online')),
  delivery_address text,
  remark text,
  -- Decision 20: printed on the receipt, the second factor of the look-up.
  secret text not null,
  step text,
  step_entered_at timestamptz(3),
  step_due_at timestamptz(3),
  holder_unit_id uuid,
  holder_post_id uuid,
  approved_by_person uuid,
  approved_by_post uuid,
  finished_at timestamptz(3),
  finished_on date generated always as ((finished_at at time zone 'Asia/Ho_Chi_Minh')::date) stored,
  returned_at timestamptz(3),
  returned_by_person uuid,
  returned_by_post uuid,
  recipient_kind text,
  recipient_name text,
  recipient_number text,
  recipient_signature text,
  check (open = (step is not null)),
  check (open = (holder_unit_id is not null))
) partition by range (id);

-- Open work: the literal predicate must stand in the query.
create index on dossier.dossier (holder_unit_id, step, due_at, id) where open;
create index on dossier.dossier (holder_post_id, due_at, id) where open and holder_post_id is not null;
create index on dossier.dossier (holder_unit_id, due_at, id) where open and step = 'HANDLE' and holder_post_id is null;
create index on dossier.dossier (desk_id, id);
create index on dossier.dossier (desk_id, due_at) where open;
create index on dossier.dossier (desk_id, returned_at) where returned_at is not null;
create index on dossier.dossier (applicant_id, id);
create index on dossier.dossier using gin (to_tsvector('simple', applicant_fold));

-- Custody: interval n ends where n + 1 begins; the last is open as long as the dossier is.
create table dossier.step (
  dossier_id uuid not null,
  n int not null,
  step text not null,
  unit_id uuid not null,
  post_id uuid,
  entered_at timestamptz(3) not null,
  due_at timestamptz(3),
  left_at timestamptz(3),
  left_by_person uuid,
  left_by_post uuid,
  left_as text,
  note text,
  primary key (dossier_id, n),
  check (left_at >= entered_at)
) partition by range (dossier_id);

create table dossier.component (
  dossier_id uuid not null,
  n int not null,
  name text not null,
  originals smallint not null,
  copies smallint not null,
  primary key (dossier_id, n)
) partition by range (dossier_id);

create table dossier.attachment (
  dossier_id uuid not null,
  n int not null,
  component int,
  file_id uuid not null,
  name text not null,
  type text not null,
  size bigint not null,
  primary key (dossier_id, n)
) partition by range (dossier_id);

create table dossier.result (
  dossier_id uuid not null,
  n int not null,
  kind text not null check (kind in ('granted', 'declined')),
  title text not null,
  number text not null,
  issued_on date not null,
  file_id uuid,
  file_name text,
  file_type text,
  file_size bigint,
  approved_by_person uuid,
  approved_by_post uuid,
  issued_by_person uuid,
  issued_by_post uuid,
  issued_at timestamptz(3) not null,
  primary key (dossier_id, n)
) partition by range (dossier_id);

create table dossier.note (
  dossier_id uuid not null,
  n int not null,
  at timestamptz(3) not null,
  by_person uuid,
  by_post uuid,
  text text not null,
  primary key (dossier_id, n)
) partition by range (dossier_id);

insert into platform.yearly_table values
  ('dossier.dossier', 20, 'id', null),
  ('dossier.step', 21, 'dossier_id', 'dossier.dossier'),
  ('dossier.component', 22, 'dossier_id', 'dossier.dossier'),
  ('dossier.attachment', 23, 'dossier_id', 'dossier.dossier'),
  ('dossier.result', 24, 'dossier_id', 'dossier.dossier'),
  ('dossier.note', 25, 'dossier_id', 'dossier.dossier');

-- No foreign key to the dossier: it may be detached with its year. `verify` checks it (decision 13).
create table dossier.code (
  code text primary key,
  id uuid not null,
  kind text not null check (kind in ('dossier', 'old', 'foreign', 'receipt'))
);
create index on dossier.code (id);

-- One row per agency and day, taken last in the transaction (decision 18). Room on the page, so that an update stays on it.
create table dossier.code_counter (
  agency text not null,
  day date not null,
  last int not null,
  primary key (agency, day)
) with (fillfactor = 50);

-- Decision 20: five wrong per code and hour, thirty per address. A rate counter, outside the log (decision 9); the address stands as its digest.
create table dossier.wrong_look_up (
  id uuid primary key,
  code text not null,
  address text not null,
  at timestamptz(3) not null
);
create index on dossier.wrong_look_up (code, at);
create index on dossier.wrong_look_up (address, at);

grant select, insert, update, delete on all tables in schema dossier to motcua_app;
