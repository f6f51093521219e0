-- By how much the clock of a demo city is ahead of the machine's. A real city has no row.
create table platform.clock (
  one boolean primary key default true check (one),
  ahead_ms bigint not null check (ahead_ms >= 0)
);
grant select, insert, update on platform.clock to motcua_app;
