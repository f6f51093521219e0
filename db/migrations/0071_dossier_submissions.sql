-- Dossiers that begin on line: submitted, perhaps completed, then received or refused (domain.md §2.2). Until they are received no clock runs.
alter table dossier.dossier
  alter column calendar_version drop not null,
  alter column process drop not null,
  alter column received_at drop not null,
  alter column effective_start drop not null,
  alter column due_original_at drop not null,
  add column submitted_at timestamptz(3),
  -- The desk's own limit: 8 working hours from the filing, or from its completion.
  add column intake_due_at timestamptz(3),
  add column refused_at timestamptz(3),
  add column refused_by_person uuid,
  add column refused_by_post uuid,
  add column refusal_ground text,
  add column refusal_reason text,
  add column refusal_basis text,
  -- Number and date that the clerk has given to a result which is not issued yet.
  add column number text,
  add column number_on date,
  add check (received_at is null = (effective_start is null)),
  add check (received_at is null = (process is null));

alter table dossier.result
  add column template text,
  add column template_version text,
  add column fields jsonb not null default '{}';

-- The electronic form as it was filled in; `version` is the digest of the form's content.
create table dossier.form (
  dossier_id uuid primary key,
  slug text not null,
  version text not null,
  answers jsonb not null
) partition by range (dossier_id);

create table dossier.completion_request (
  dossier_id uuid not null,
  n int not null,
  asked_at timestamptz(3) not null,
  by_person uuid,
  by_post uuid,
  items jsonb not null,
  reason text not null,
  until date,
  answered_at timestamptz(3),
  primary key (dossier_id, n)
) partition by range (dossier_id);

create table dossier.result_draft (
  dossier_id uuid primary key,
  drafted_at timestamptz(3) not null,
  by_person uuid,
  by_post uuid,
  kind text not null check (kind in ('granted', 'declined')),
  title text not null,
  template text,
  template_version text,
  fields jsonb not null default '{}',
  file_id uuid,
  file_name text,
  file_type text,
  file_size bigint
) partition by range (dossier_id);

insert into platform.yearly_table values
  ('dossier.form', 26, 'dossier_id', 'dossier.dossier'),
  ('dossier.completion_request', 27, 'dossier_id', 'dossier.dossier'),
  ('dossier.result_draft', 28, 'dossier_id', 'dossier.dossier');

-- Form 02 and 03 at the counter, before there is a dossier (domain.md §4): whoever was sent home with a paper in hand. Small, so not partitioned.
create table dossier.guidance (
  id uuid primary key,
  kind text not null check (kind in ('completion', 'refusal')),
  desk_id uuid not null,
  agency_id uuid not null,
  procedure_code text,
  person_name text not null,
  person_address text,
  person_phone text,
  person_email text,
  items jsonb not null,
  reason text not null,
  legal_basis text,
  given_at timestamptz(3) not null,
  given_on date generated always as ((given_at at time zone 'Asia/Ho_Chi_Minh')::date) stored,
  by_person uuid,
  by_post uuid
);
create index on dossier.guidance (desk_id, given_on, id);

grant select, insert, update, delete on all tables in schema dossier to motcua_app;
