-- What is owed when a promise is not kept (domain.md §2.6): letters of apology, their drafts, and the marks of what is late.
alter table dossier.dossier
  -- The letter that waits for a signature, where one does.
  add column apology_kind text check (apology_kind in ('extension', 'apology', 'explanation')),
  -- How often a new date was given; the due moment of the last apology without one.
  add column extensions smallint not null default 0,
  add column apologised_for timestamptz(3),
  -- Marked late for this due moment, and before how many it has come: officer, leader, control office, chair.
  add column late_for timestamptz(3),
  add column late_level smallint not null default 0 check (late_level between 0 and 4);

create table dossier.apology_draft (
  dossier_id uuid primary key,
  drafted_at timestamptz(3) not null,
  kind text not null check (kind in ('extension', 'apology', 'explanation')),
  reason text not null,
  about timestamptz(3) not null,
  proposed_due_at timestamptz(3)
) partition by range (dossier_id);

create table dossier.apology (
  dossier_id uuid not null,
  n int not null,
  kind text not null check (kind in ('extension', 'apology', 'explanation')),
  number text not null,
  sent_at timestamptz(3) not null,
  by_person uuid,
  by_post uuid,
  reason text not null,
  explanation text,
  -- The due moment that it is about, and the new one.
  about timestamptz(3) not null,
  due_at timestamptz(3),
  timely boolean not null,
  primary key (dossier_id, n),
  check ((kind = 'extension') = (due_at is not null))
) partition by range (dossier_id);

insert into platform.yearly_table values
  ('dossier.apology_draft', 61, 'dossier_id', 'dossier.dossier'),
  ('dossier.apology', 62, 'dossier_id', 'dossier.dossier');

grant select, insert, update, delete on dossier.apology_draft, dossier.apology to motcua_app;

-- Letters to sign, by agency; what runs out next in an agency; what was marked late, for the control office and the chair. All small: open work.
create index on dossier.dossier (agency_id, due_at, id) where apology_kind is not null;
create index on dossier.dossier (agency_id, due_at, id) where open and status in ('received', 'processing');
create index on dossier.dossier (late_level, due_at, id) where open and late_level > 0;
