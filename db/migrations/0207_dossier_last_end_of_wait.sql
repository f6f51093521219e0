-- What ended while it waited was over when the wait began, as `rowsOf` says; 0195 took the moment of the act.
update dossier.dossier d set last_ended_at = p.from_at
  from dossier.ending e join dossier.pause p on p.dossier_id = e.dossier_id and p.to_at = e.at
 where e.dossier_id = d.id and d.last_ended_at = e.at;
