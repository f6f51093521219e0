-- Numbers of result papers (NĐ 30/2020 Art 15; processes.md §9): one series per agency, symbol and year, without gaps, from 1 every January.
-- Like dossier.code_counter the row stays locked until the end of the transaction; room on the page, so that an update stays on it.
create table dossier.number_series (
  agency_id uuid not null,
  series text not null,
  year smallint not null,
  last int not null,
  primary key (agency_id, series, year)
) with (fillfactor = 50);

-- Every number of a series that is in use, also those that a clerk typed from a book on paper: the counter steps over them.
create table dossier.number_used (
  agency_id uuid not null,
  series text not null,
  year smallint not null,
  n int not null,
  dossier_id uuid not null,
  at timestamptz(3) not null,
  primary key (agency_id, series, year, n)
);
create index on dossier.number_used (dossier_id);

grant select, insert, update, delete on dossier.number_series, dossier.number_used to motcua_app;
