-- Who owns an event and how many places it has: one person's events that are still to come are counted when another is made. The events
-- that are here begin with the places they were made with.
alter table event_index add column owner text;
alter table event_index add column places integer;
update event_index set
    owner = case when json_valid(made.facts) then json_extract(made.facts, '$[0].owner.id') end,
    places = case when json_valid(made.facts) then cast(json_extract(made.facts, '$[0].settings.capacity') as integer) end
from journal made where made.event_id = event_index.event_id and made.version = 1 and made.kinds = 'EventCreated';
create index event_index_by_owner on event_index (owner, ends_at) where state <> 'CANCELLED';
