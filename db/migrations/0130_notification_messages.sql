-- Messages to citizens and officers. What stands here is a delivery record (decision 9: like jobs, outside the log): it comes from events, and replaying
-- them must never send again, so nothing empties it. It holds ids, codes and dates, no personal value: names and addresses are looked up when a message is
-- sent, and again when somebody looks at it.
create schema notification;
grant usage on schema notification to motcua_app;

-- One row: what applies to all messages. Minutes since Vietnamese midnight.
create table notification.setting (
  one boolean primary key default true check (one),
  quiet_from int not null check (quiet_from between 0 and 1439),
  quiet_to int not null check (quiet_to between 0 and 1439),
  window_minutes int not null check (window_minutes between 0 and 240),
  -- In this order; the first that reaches the person, where the person has chosen none.
  channels text[] not null
);

-- Templates that were changed here; a kind without a row speaks as shipped.
create table notification.template (
  kind text primary key,
  version text not null,
  content jsonb not null,
  changed_at timestamptz(3) not null
);

-- Every version by which a message was sent, so that it can be shown again as it was.
create table notification.template_version (
  version text primary key,
  kind text not null,
  content jsonb not null
);

create table notification.preference (
  person_id uuid primary key,
  channels text[] not null,
  lang text not null check (lang in ('vi', 'en')),
  digest boolean not null,
  urgent boolean not null,
  changed_at timestamptz(3) not null
);

create table notification.message (
  id uuid primary key,
  -- What it is about, once: `<stream>:<seq>` of the event, `digest:<person>:<day>`.
  cause text not null,
  person_id uuid not null,
  audience text not null check (audience in ('citizen', 'officer')),
  kind text not null,
  dossier_id uuid,
  code text,
  -- Facts of the event by the names of the template's values; dates and moments as numbers and days.
  facts jsonb not null,
  -- dispatched: it left, see its deliveries. combined: its news went with another message, `into`. settled: what it asked for was done before it left.
  state text not null check (state in ('waiting', 'dispatched', 'combined', 'settled', 'no-channel', 'not-wanted', 'erased')),
  due_at timestamptz(3) not null,
  created_at timestamptz(3) not null,
  into_id uuid,
  -- Chosen when it leaves.
  version text references notification.template_version,
  lang text,
  unique (cause, person_id)
);
create index on notification.message (dossier_id, person_id) where state = 'waiting';
create index on notification.message (due_at) where state = 'waiting';
create index on notification.message (created_at desc, id desc);
create index on notification.message (dossier_id) where dossier_id is not null;

create table notification.delivery (
  id uuid primary key,
  message_id uuid not null references notification.message on delete cascade,
  channel text not null check (channel in ('email', 'sms', 'app')),
  -- dead: tried as often as it may; refused: the provider will never take it.
  state text not null check (state in ('queued', 'sent', 'dead', 'refused')),
  attempts int not null default 0,
  provider text,
  -- What the provider calls it.
  accepted_as text,
  -- A fixed word, never the provider's sentence: that may name the address.
  reason text,
  queued_at timestamptz(3) not null,
  tried_at timestamptz(3),
  sent_at timestamptz(3),
  unique (message_id, channel)
);
create index on notification.delivery (state, queued_at desc) where state <> 'sent';

-- The simulator's own record: what it took, and how often it was asked to take the same again.
create table notification.simulated (
  id uuid primary key,
  channel text not null,
  at timestamptz(3) not null,
  times int not null
);

grant select, insert, update, delete on all tables in schema notification to motcua_app;
