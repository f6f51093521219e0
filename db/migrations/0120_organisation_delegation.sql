-- A post's powers in other hands for a time: by a written delegation (ủy quyền), or because its holder is away and somebody stands in (làm thay).
create table organisation.delegation (
  id uuid primary key,
  from_post_id uuid not null references organisation.post,
  -- To whoever holds a post, or to one person.
  to_post_id uuid references organisation.post,
  to_person_id uuid references organisation.person,
  check (num_nonnulls(to_post_id, to_person_id) = 1),
  document_number text not null,
  document_on date not null,
  -- Permissions of modules/access; never more than the post itself carries.
  powers text[] not null,
  -- Codes; null: every procedure.
  procedures text[],
  valid_from date not null,
  valid_to date not null check (valid_to >= valid_from),
  revoked_on date
);
create index on organisation.delegation (from_post_id);
create index on organisation.delegation (to_post_id);
create index on organisation.delegation (to_person_id);

create table organisation.absence (
  id uuid primary key,
  person_id uuid not null references organisation.person,
  valid_from date not null,
  valid_to date not null check (valid_to >= valid_from),
  stand_in_id uuid references organisation.person,
  -- What the stand-in may do meanwhile: never sign, review or assign, which needs a delegation in writing.
  powers text[] not null
);
create index on organisation.absence (person_id);
create index on organisation.absence (stand_in_id);

grant select, insert, update, delete on organisation.delegation, organisation.absence to motcua_app;

create view organisation.pub_delegation as
  select id, from_post_id, to_post_id, to_person_id, document_number, document_on, powers, procedures, valid_from, valid_to, revoked_on from organisation.delegation;
create view organisation.pub_absence as select id, person_id, valid_from, valid_to, stand_in_id from organisation.absence;

-- Posts that somebody acts in without holding them, each with the days on which everything it hangs on is valid.
create view organisation.pub_delegated_post as
  select g.person_id, g.id as delegation_id, g.basis, g.powers, g.procedures, p.id as post_id, p.role, p.title, p.unit_id, u.agency_id, u.name as unit_name,
         a.name as agency_name, greatest(g.valid_from, p.valid_from, u.valid_from) as valid_from, least(g.valid_to, p.valid_to, u.valid_to) as valid_to
    from (
      select h.person_id, d.id, 'delegation' as basis, d.powers, d.procedures, d.from_post_id as post_id,
             greatest(d.valid_from, h.valid_from) as valid_from, least(d.valid_to, d.revoked_on, h.valid_to) as valid_to
        from organisation.pub_held_post h join organisation.delegation d on d.to_post_id = h.post_id
      union all
      select d.to_person_id, d.id, 'delegation', d.powers, d.procedures, d.from_post_id, d.valid_from, least(d.valid_to, d.revoked_on)
        from organisation.delegation d where d.to_person_id is not null
      union all
      select b.stand_in_id, b.id, 'stand-in', b.powers, null::text[], h.post_id, greatest(b.valid_from, h.valid_from), least(b.valid_to, h.valid_to)
        from organisation.absence b join organisation.pub_held_post h on h.person_id = b.person_id where b.stand_in_id is not null
    ) g
    join organisation.post p on p.id = g.post_id
    join organisation.unit u on u.id = p.unit_id
    join organisation.unit a on a.id = u.agency_id;

grant select on organisation.pub_delegation, organisation.pub_absence, organisation.pub_delegated_post to motcua_app;

-- The posts of a session with those delegated behind the own ones. Who holds no post of their own is no officer: nothing is delegated to them.
create or replace function access.session_of(the_token text, at timestamptz, today date)
returns table (session_id uuid, user_id uuid, person_id uuid, username text, name text, must_change_password boolean,
               expires_at timestamptz(3), seen_at timestamptz(3), has_code boolean, code_given_at timestamptz(3), posts jsonb)
language plpgsql stable as $$
#variable_conflict use_column
begin
  return query
    select s.id, u.id, u.person_id, u.username, p.name, u.must_change_password, s.expires_at, s.updated_at, f.confirmed_at is not null, s.code_given_at,
           case when own.posts is null then '[]'::jsonb else own.posts || coalesce((
             select jsonb_agg(jsonb_build_object('postId', g.post_id, 'role', g.role, 'title', g.title, 'unitId', g.unit_id, 'agencyId', g.agency_id,
                                                 'unitName', g.unit_name, 'agencyName', g.agency_name,
                                                 'delegated', jsonb_build_object('delegationId', g.delegation_id, 'basis', g.basis, 'powers', g.powers, 'procedures', g.procedures))
                              order by g.basis, g.valid_from desc, g.delegation_id, g.post_id)
               from organisation.pub_delegated_post g
              where g.person_id = u.person_id and g.valid_from <= today and (g.valid_to is null or g.valid_to > today)), '[]'::jsonb) end
      from access.session s
      join access.user u on u.id = s.user_id
      left join organisation.pub_person p on p.id = u.person_id
      left join access.second_factor f on f.user_id = u.id
      left join lateral (
        select jsonb_agg(jsonb_build_object('postId', h.post_id, 'role', h.role, 'title', h.title, 'unitId', h.unit_id, 'agencyId', h.agency_id,
                                            'unitName', h.unit_name, 'agencyName', h.agency_name) order by h.valid_from desc, h.post_id) as posts
          from organisation.pub_held_post h
         where h.person_id = u.person_id and h.valid_from <= today and (h.valid_to is null or h.valid_to > today)) own on true
     where s.token = the_token and s.expires_at > at and u.disabled_at is null;
end $$;
