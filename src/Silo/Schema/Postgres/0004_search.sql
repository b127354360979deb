-- What the list of events is searched by: title and location in lower case, as the program writes them.
alter table event_index add column search text not null default '';
update event_index set search = lower(title || chr(10) || location);
