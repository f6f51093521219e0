-- Visits to the place (kiểm tra thực địa): appointment, record, photographs, signature. Their files are the dossier's.
create table dossier.inspection (
  dossier_id uuid not null,
  n int not null,
  phase text not null check (phase in ('planned', 'recorded', 'signed', 'cancelled')),
  planned_at timestamptz(3) not null,
  planned_by_person uuid,
  planned_by_post uuid,
  appointment_at timestamptz(3) not null,
  place text not null,
  note text,
  recorded_at timestamptz(3),
  recorded_by_person uuid,
  recorded_by_post uuid,
  began_at timestamptz(3),
  ended_at timestamptz(3),
  visited_place text,
  people jsonb not null,
  findings text,
  conclusion text,
  photos jsonb not null,
  signed_at timestamptz(3),
  signed_by_person uuid,
  signed_by_post uuid,
  scan jsonb,
  cancelled_at timestamptz(3),
  cancelled_by_person uuid,
  cancelled_by_post uuid,
  cancel_reason text,
  primary key (dossier_id, n),
  check (ended_at >= began_at)
) partition by range (dossier_id);

insert into platform.yearly_table values ('dossier.inspection', 71, 'dossier_id', 'dossier.dossier');
grant select, insert, update, delete on dossier.inspection to motcua_app;
