-- What was put right, with both values, and what was opened again after it was over (domain.md §2.2, last row).
alter table dossier.dossier
  -- Last time; null for nearly all, and then it takes no room.
  add column corrected_at timestamptz(3),
  add column reopened_at timestamptz(3);

-- Number of the result that it came in place of, and of the one that came in its own.
alter table dossier.result
  add column replaces int,
  add column replaced_by int;

alter table dossier.due_change drop constraint due_change_kind_check;
alter table dossier.due_change add constraint due_change_kind_check check (kind in ('supplement', 'payment', 'halt', 'extension', 'holiday', 'correction', 'reopening'));

create table dossier.correction (
  dossier_id uuid not null,
  n int not null,
  kind text not null check (kind in ('entries', 'procedure', 'reception', 'payment', 'result')),
  at timestamptz(3) not null,
  by_person uuid,
  by_post uuid,
  reason text not null,
  -- Personal where the entries are: written anew from the log after an erasure.
  before jsonb not null,
  after jsonb not null,
  primary key (dossier_id, n)
) partition by range (dossier_id);

-- The end before: when the work was over, against which dates it is measured. Statistics go by the first.
create table dossier.reopening (
  dossier_id uuid not null,
  n int not null,
  at timestamptz(3) not null,
  by_person uuid,
  by_post uuid,
  reason text not null,
  from_status text not null check (from_status in ('finished', 'returned', 'stopped', 'withdrawn')),
  step text not null,
  -- The new promise; null: only a result was replaced.
  promised_at timestamptz(3),
  ended_at timestamptz(3),
  finished_at timestamptz(3),
  returned_at timestamptz(3),
  due_at timestamptz(3),
  due_law_at timestamptz(3),
  ended_again_at timestamptz(3),
  primary key (dossier_id, n)
) partition by range (dossier_id);

insert into platform.yearly_table values
  ('dossier.correction', 80, 'dossier_id', 'dossier.dossier'),
  ('dossier.reopening', 81, 'dossier_id', 'dossier.dossier');

grant select, insert, update, delete on dossier.correction, dossier.reopening to motcua_app;
