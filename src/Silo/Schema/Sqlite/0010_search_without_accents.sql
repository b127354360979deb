-- Searches look in folded text: without case, accents and marks, as the program folds it. The rows that are here are folded in portions
-- while the program runs: the edition says which are. Until then they are found as they were.
alter table event_index add column search_edition integer not null default 0;
create index event_index_by_search_edition on event_index (search_edition, event_id);

-- Addresses are kept with their domain as name servers know it; those beyond ASCII are rewritten in the same way.
create index invitation_index_beyond_ascii on invitation_index (event_id, number) where length(email) <> length(cast(email as blob));

-- Snapshots have the addresses of before; they are made anew from the journals.
delete from orleans_state where n1 in (select event_id from invitation_index where length(email) <> length(cast(email as blob)));
