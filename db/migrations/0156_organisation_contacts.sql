-- Where a unit is found and under which number it answers, each with the day from which it holds: a paper of 2024 keeps the address of 2024.
create table organisation.unit_contact (
  unit_id uuid not null references organisation.unit,
  valid_from date not null,
  address text,
  phone text,
  primary key (unit_id, valid_from)
);
grant select, insert, update, delete on organisation.unit_contact to motcua_app;
