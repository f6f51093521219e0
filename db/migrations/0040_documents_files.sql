-- Files: what arrives (upload), what is kept for good (content), and who it belongs to (file). The bytes lie in the file store under their digest.
create schema documents;
grant usage on schema documents to motcua_app;

-- Decision 21. Not claimed by anything yet: outside the log (decision 9), swept after two days. `digest` is written before the bytes get their
-- name on disk, `stored_at` after: a row without `stored_at` tells the sweep what a program that died may have left.
create table documents.upload (
  id uuid primary key,
  owner text not null,
  name text not null,
  -- As announced; of a plain upload known only at its end.
  size bigint,
  received bigint not null default 0,
  digest bytea check (length(digest) = 32),
  type text,
  stored_at timestamptz(3),
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  check (stored_at is null or (digest is not null and type is not null and size is not null))
);
create index on documents.upload (owner);
create index on documents.upload (expires_at);
create index on documents.upload (digest) where digest is not null;

-- Every content that something refers to, also from years that are detached: the sweep never touches it, `verify` walks it.
create table documents.content (
  digest bytea primary key check (length(digest) = 32),
  size bigint not null,
  type text not null,
  kept_at timestamptz(3) not null
);

-- One claimed file. `owner` is the stream that it belongs to (a dossier); its year is the partition.
create table documents.file (
  owner uuid not null,
  id uuid not null,
  digest bytea not null check (length(digest) = 32),
  size bigint not null,
  type text not null,
  -- What the person called it; personal.
  name text not null,
  at timestamptz(3) not null,
  primary key (owner, id)
) partition by range (owner);
insert into platform.yearly_table values ('documents.file', 40, 'owner', null);

create view documents.pub_file as select owner, id, encode(digest, 'hex') as digest, size, type, name, at from documents.file;

grant select, insert, update, delete on all tables in schema documents to motcua_app;
