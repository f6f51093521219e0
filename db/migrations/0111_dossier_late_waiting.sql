-- What waits without stopping its clock, or since after its promise broke, is on the lists of what is late too: the index of 0110 knew only work in hand.
do $$
declare narrow regclass;
begin
  select i.indexrelid::regclass into narrow from pg_index i
   where i.indrelid = 'dossier.dossier'::regclass and pg_get_indexdef(i.indexrelid) like '%(agency_id, due_at, id) WHERE (open AND%';
  execute format('drop index %s', narrow);
end $$;
create index on dossier.dossier (agency_id, due_at, id)
  where open and due_at is not null and status in ('received', 'processing', 'awaiting-supplement', 'awaiting-payment', 'halted');
