-- Which version of the electronic form a draft was filled in by: where the form has been published anew since, the page says so.
alter table dossier.draft add column form_version text check (length(form_version) <= 64);
