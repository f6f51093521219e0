-- Questions to other units (lấy ý kiến), one row for each unit: neither the clock nor the custody of the dossier knows of them.
create table dossier.consultation (
  dossier_id uuid not null,
  n int not null,
  unit_id uuid not null,
  -- It may be answered: the unit reads the dossier as long as this holds.
  open boolean not null,
  question text not null,
  files jsonb not null,
  limit_amount int not null check (limit_amount > 0),
  limit_unit text not null check (limit_unit in ('working-day', 'day', 'hour')),
  -- What it means that nobody answers in time, as it stood on the day of the question.
  silence text not null check (silence in ('agreed', 'not-agreed', 'nothing')),
  asked_at timestamptz(3) not null,
  asked_by_person uuid,
  asked_by_post uuid,
  due_at timestamptz(3) not null,
  remind_at timestamptz(3),
  reminded_at timestamptz(3),
  answered_at timestamptz(3),
  answered_by_person uuid,
  answered_by_post uuid,
  stance text check (stance in ('agree', 'agree-if', 'disagree', 'no-opinion')),
  opinion text,
  opinion_files jsonb not null,
  lapsed_at timestamptz(3),
  recalled_at timestamptz(3),
  recalled_by_person uuid,
  recalled_by_post uuid,
  recall_reason text,
  primary key (dossier_id, n),
  check ((answered_at is null) = (stance is null))
) partition by range (dossier_id);

insert into platform.yearly_table values ('dossier.consultation', 70, 'dossier_id', 'dossier.dossier');
grant select, insert, update, delete on dossier.consultation to motcua_app;

-- The inbox of a unit; what runs out next; what a unit answered of late.
create index on dossier.consultation (unit_id, due_at) where open;
create index on dossier.consultation (due_at) where open;
create index on dossier.consultation (unit_id, asked_at desc) where not open;
