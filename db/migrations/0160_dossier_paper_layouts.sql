-- How the official forms are laid out, as administrators have changed them; what the program ships stands in data/papers. A version is never changed:
-- a paper is printed by the one in force at the moment of its act, so a reprint is the same paper.
create table dossier.paper_layout (
  slug text not null,
  -- Which drawing of the form: before and from 2025-07-01.
  layout text not null check (layout in ('2018', '2025')),
  version int not null check (version > 0),
  valid_from date not null,
  published_at timestamptz(3) not null,
  by_person uuid,
  by_post uuid,
  note text not null,
  -- JSON as the administrator wrote it.
  content text not null,
  primary key (slug, layout, version)
);
grant select, insert, update, delete on dossier.paper_layout to motcua_app;
