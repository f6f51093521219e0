-- Asked on every request (budget 1 ms): PL/pgSQL keeps its plan for the life of a connection. Stands behind 0020 because it reads organisation's view.
create function access.session_of(the_token text, at timestamptz, today date)
returns table (session_id uuid, user_id uuid, person_id uuid, username text, name text, must_change_password boolean,
               expires_at timestamptz(3), seen_at timestamptz(3), posts jsonb)
language plpgsql stable as $$
#variable_conflict use_column
begin
  return query
    select s.id, u.id, u.person_id, u.username, p.name, u.must_change_password, s.expires_at, s.updated_at,
           coalesce((select jsonb_agg(jsonb_build_object('postId', h.post_id, 'role', h.role, 'title', h.title, 'unitId', h.unit_id, 'agencyId', h.agency_id,
                                                         'unitName', h.unit_name, 'agencyName', h.agency_name) order by h.valid_from desc, h.post_id)
                       from organisation.pub_held_post h
                      where h.person_id = u.person_id and h.valid_from <= today and (h.valid_to is null or h.valid_to > today)), '[]')
      from access.session s
      join access.user u on u.id = s.user_id
      left join organisation.pub_person p on p.id = u.person_id
     where s.token = the_token and s.expires_at > at and u.disabled_at is null;
end $$;
