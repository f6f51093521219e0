-- The one log (decisions 1–9). The program's role may read and append; nobody but the owner may do more, and the owner is stopped by triggers.
create schema log;
grant usage on schema log to motcua_app;

-- Transaction ids do not survive a restore into another server; an epoch is one life of the log on one server.
create table log.epoch (n int primary key, system_identifier bigint not null, started_at timestamptz(3) not null default now());
create function log.current_epoch() returns int language sql stable as $$ select max(n) from log.epoch $$;

-- The last event of each stream; locked by whoever appends. `epoch` and `xid` are those of the last event.
create table log.head (
  stream uuid primary key,
  kind text not null check (kind in ('dossier', 'other')),
  seq int not null check (seq > 0),
  hash bytea not null,
  at timestamptz(3) not null,
  epoch int not null,
  xid xid8 not null
);

create table log.event (
  kind text not null check (kind in ('dossier', 'other')),
  stream uuid not null,
  seq int not null,
  id bigint generated always as identity,
  epoch int not null,
  -- The transaction that wrote it, or the stream's last one where that is higher: so (epoch, xid, id) never runs against seq within a
  -- stream, and everything before a transaction horizon is a whole beginning of every stream (docs/decisions/0002).
  xid xid8 not null,
  type text not null,
  v smallint not null,
  at timestamptz(3) not null,
  actor jsonb not null,
  data jsonb not null,
  prev bytea not null,
  hash bytea not null,
  primary key (kind, stream, seq)
) partition by list (kind);
create table log.event_other partition of log.event for values in ('other');
create table log.event_dossier partition of log.event for values in ('dossier') partition by range (stream);
create index on log.event (epoch, xid, id);

create table log.private (
  kind text not null,
  stream uuid not null,
  seq int not null,
  path text not null,
  salt bytea not null,
  value jsonb not null,
  primary key (kind, stream, seq, path)
) partition by list (kind);
create table log.private_other partition of log.private for values in ('other');
create table log.private_dossier partition of log.private for values in ('dossier') partition by range (stream);

-- Decision 7. A seal covers the events with (epoch, xid) < the seal's own, which no later commit can add to: `root` is the Merkle root
-- over every stream's last event among them, `changes` the same over the streams that moved since the seal before.
create table log.seal (
  n int primary key,
  at timestamptz(3) not null,
  epoch int not null,
  xid xid8 not null,
  streams bigint not null,
  events bigint not null,
  root bytea not null,
  changed bigint not null,
  changes bytea not null,
  prev bytea not null,
  hash bytea not null
);

-- Where each subscription has read to: the triple of decision 1.
create table log.checkpoint (
  subscription text primary key,
  epoch int not null,
  xid xid8 not null,
  id bigint not null,
  at timestamptz(3) not null
);

-- Who looked at whose personal data, who signed in, who was refused. Not the event log: no chain, kept for its own time.
-- Ids and fixed words only, never a personal value.
create table log.access (
  id uuid primary key,
  at timestamptz(3) not null,
  kind text not null,
  user_id uuid,
  person_id uuid,
  unit_id uuid,
  -- Whose data, or which account: `person:<id>`, `dossier:<id>`, `account:<id>`.
  subject text,
  -- Why: the permission used or missing, the page.
  reason text,
  trace_id text
);
create index on log.access (at desc);
create index on log.access (person_id, at desc);
create index on log.access (subject, at desc) where subject is not null;

create function log.refuse_change() returns trigger language plpgsql as $$
begin raise exception 'the log is append-only' using errcode = 'insufficient_privilege'; end $$;

-- Decision 5: a private value is erased by the role made for it, and by nobody else.
create function log.refuse_erasure() returns trigger language plpgsql as $$
begin
  if current_user <> 'motcua_privacy' then
    raise exception 'private values are erased by the role motcua_privacy only' using errcode = 'insufficient_privilege';
  end if;
  return old;
end $$;

create trigger append_only before update or delete on log.event for each row execute function log.refuse_change();
create trigger append_only_truncate before truncate on log.event execute function log.refuse_change();
create trigger append_only_truncate before truncate on log.event_other execute function log.refuse_change();
create trigger append_only_truncate before truncate on log.event_dossier execute function log.refuse_change();
create trigger append_only before update or delete on log.seal for each row execute function log.refuse_change();
create trigger append_only_truncate before truncate on log.seal execute function log.refuse_change();
create trigger append_only before update on log.private for each row execute function log.refuse_change();
create trigger erase_by_role before delete on log.private for each row execute function log.refuse_erasure();
create trigger append_only_truncate before truncate on log.private execute function log.refuse_change();
create trigger append_only_truncate before truncate on log.private_other execute function log.refuse_change();
create trigger append_only_truncate before truncate on log.private_dossier execute function log.refuse_change();
create trigger append_only before update or delete on log.access for each row execute function log.refuse_change();
create trigger append_only_truncate before truncate on log.access execute function log.refuse_change();

insert into platform.yearly_table values
  ('log.event_dossier', 10, 'stream', null),
  ('log.private_dossier', 11, 'stream', null);

grant select, insert on log.event, log.private, log.seal, log.access to motcua_app;
grant select on log.epoch to motcua_app;
grant select, insert, update on log.head to motcua_app;
grant select, insert, update, delete on log.checkpoint to motcua_app;

grant usage on schema log, platform to motcua_privacy;
grant select, insert, delete on log.private to motcua_privacy;
grant select, insert on log.event, log.access to motcua_privacy;
grant select, insert, update on log.head to motcua_privacy;
grant select on log.epoch to motcua_privacy;

-- Decision 2: at every start; a dump restored into a fresh server begins the next epoch.
create function log.ensure_epoch() returns int language plpgsql security definer set search_path = pg_catalog as $$
declare here bigint; newest record;
begin
  select system_identifier into here from pg_control_system();
  lock table log.epoch in share row exclusive mode;
  select n, system_identifier into newest from log.epoch order by n desc limit 1;
  if newest.n is null or newest.system_identifier <> here then
    insert into log.epoch (n, system_identifier) values (coalesce(newest.n, 0) + 1, here);
  end if;
  return log.current_epoch();
end $$;
