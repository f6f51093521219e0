-- graphile-worker's schema belongs to the program's role, because its tables have row-level security without policies (decision 8). The worker's own
-- migrations fill it (platform/jobs/migrate-jobs.ts); the table that it looks for first is made here, so that it never asks for rights on the database.
create schema graphile_worker authorization motcua_app;
set role motcua_app;
create table graphile_worker.migrations (id int primary key, ts timestamptz not null default now(), breaking boolean not null default false);
reset role;

-- What is due and when (`00:30` every day, `*:20` every hour), as the running release says; written at each start of a worker so that any web
-- process can show it.
create table platform.job_schedule (
  task text primary key,
  title text not null,
  due text not null
);

-- A worker forgets what it has done; this remembers for a while. No payload: nothing personal.
create table platform.job_run (
  id uuid primary key,
  task text not null,
  started_at timestamptz(3) not null,
  ended_at timestamptz(3) not null,
  error text
);
create index on platform.job_run (started_at desc);
create index on platform.job_run (task, started_at desc);

grant select, insert, update, delete on platform.job_schedule, platform.job_run to motcua_app;
