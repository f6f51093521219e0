-- Detours of a dossier (domain.md §2.2): waits with what they do to the clock, papers asked for in examination, payments, halts, and ends without a result.
alter table dossier.dossier
  -- By the law, with every wait and without any extension; `due_at` is the promise in force.
  add column due_law_at timestamptz(3),
  -- Since when it waits; null where it does not, or where the clock runs on meanwhile.
  add column paused_at timestamptz(3),
  -- By when the one who is waited for should have answered.
  add column awaited_until date,
  -- An officer's request for papers waits for a leader's word since then.
  add column proposed_at timestamptz(3),
  -- When the work was over: result ready, else withdrawn or stopped (domain.md §2.7).
  add column ended_at timestamptz(3),
  add column ended_on date generated always as ((ended_at at time zone 'Asia/Ho_Chi_Minh')::date) stored,
  -- The other three tracks (domain.md §2.1).
  add column finance text not null default 'none' check (finance in ('none', 'owed', 'settled', 'lapsed')),
  add column hand_over text not null default 'none' check (hand_over in ('none', 'ready', 'handed-over')),
  add column sync text not null default 'waiting' check (sync in ('not-due', 'waiting'));

update dossier.dossier set
  due_law_at = due_at,
  ended_at = finished_at,
  hand_over = case when returned_at is not null then 'handed-over' when status = 'finished' then 'ready' else 'none' end,
  sync = case when status in ('submitted', 'awaiting-completion') then 'not-due' else 'waiting' end;
alter table dossier.dossier alter column sync drop default;

create index on dossier.dossier (division_id, proposed_at, id) where open and proposed_at is not null;
create index on dossier.dossier (awaited_until, id) where open and awaited_until is not null;

-- The board asks since when one waits too: a wait that began too late does not hide that it is late.
do $$
declare covering regclass;
begin
  select i.indexrelid::regclass into covering from pg_index i join pg_class c on c.oid = i.indrelid
   where i.indrelid = 'dossier.dossier'::regclass and pg_get_indexdef(i.indexrelid) like '%(agency_id, division_id) INCLUDE%';
  execute format('drop index %s', covering);
end $$;
create index on dossier.dossier (agency_id, division_id) include (step, holder_post_id, status, limit_unit, due_at, due_on, paused_at) where open;

create table dossier.pause (
  dossier_id uuid not null,
  n int not null,
  kind text not null check (kind in ('supplement', 'payment', 'halt')),
  from_at timestamptz(3) not null,
  to_at timestamptz(3),
  effect text not null check (effect in ('suspend', 'restart', 'none')),
  document text not null,
  primary key (dossier_id, n),
  check (to_at >= from_at)
) partition by range (dossier_id);

-- Why the promise moved; `to_at` null: none while it waits.
create table dossier.due_change (
  dossier_id uuid not null,
  n int not null,
  kind text not null check (kind in ('supplement', 'payment', 'halt', 'extension', 'holiday', 'correction')),
  from_at timestamptz(3),
  to_at timestamptz(3),
  document text not null,
  changed_at timestamptz(3) not null,
  by_person uuid,
  by_post uuid,
  primary key (dossier_id, n)
) partition by range (dossier_id);

create table dossier.supplement (
  dossier_id uuid not null,
  n int not null,
  state text not null check (state in ('proposed', 'sent-back', 'requested', 'answered', 'dropped')),
  proposed_at timestamptz(3) not null,
  proposed_by_person uuid,
  proposed_by_post uuid,
  items jsonb not null,
  until date not null,
  new_fact text,
  requested_at timestamptz(3),
  requested_by_person uuid,
  requested_by_post uuid,
  sent_back_at timestamptz(3),
  sent_back_by_person uuid,
  sent_back_by_post uuid,
  sent_back_reason text,
  lapsed_at timestamptz(3),
  answered_at timestamptz(3),
  answered_by_person uuid,
  answered_by_post uuid,
  answer_note text,
  changes jsonb not null,
  answer_attachments jsonb not null,
  primary key (dossier_id, n)
) partition by range (dossier_id);

create table dossier.payment_duty (
  dossier_id uuid not null,
  n int not null,
  amount bigint not null check (amount > 0),
  notice_number text not null,
  notice_on date not null,
  due_on date not null,
  asked_at timestamptz(3) not null,
  asked_by_person uuid,
  asked_by_post uuid,
  paid_on date,
  evidence text,
  confirmed_at timestamptz(3),
  confirmed_by_person uuid,
  confirmed_by_post uuid,
  primary key (dossier_id, n)
) partition by range (dossier_id);

create table dossier.halt (
  dossier_id uuid not null,
  n int not null,
  halted_at timestamptz(3) not null,
  halted_by_person uuid,
  halted_by_post uuid,
  reason text not null,
  legal_basis text,
  until date,
  resumed_at timestamptz(3),
  resumed_by_person uuid,
  resumed_by_post uuid,
  resume_note text,
  primary key (dossier_id, n)
) partition by range (dossier_id);

-- Ended without a result. `ground` and `legal_basis` of a stop, `evidence` of a withdrawal at the desk.
create table dossier.ending (
  dossier_id uuid primary key,
  kind text not null check (kind in ('stopped', 'withdrawn')),
  at timestamptz(3) not null,
  by_person uuid,
  by_post uuid,
  ground text,
  reason text,
  legal_basis text,
  evidence text
) partition by range (dossier_id);

insert into platform.yearly_table values
  ('dossier.pause', 50, 'dossier_id', 'dossier.dossier'),
  ('dossier.due_change', 51, 'dossier_id', 'dossier.dossier'),
  ('dossier.supplement', 52, 'dossier_id', 'dossier.dossier'),
  ('dossier.payment_duty', 53, 'dossier_id', 'dossier.dossier'),
  ('dossier.halt', 54, 'dossier_id', 'dossier.dossier'),
  ('dossier.ending', 55, 'dossier_id', 'dossier.dossier');

grant select, insert, update, delete on all tables in schema dossier to motcua_app;
