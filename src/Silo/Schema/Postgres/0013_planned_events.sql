-- Who owns an event and how many places it has: one person's events that are still to come are counted when another is made. Null in rows
-- that nodes of the version before write meanwhile: those events are not counted until they change. The events that are here begin with
-- the places they were made with.
alter table event_index add column owner text;
alter table event_index add column places integer;
update event_index set owner = made.owner, places = case when made.places ~ '^[0-9]{1,9}$' then made.places::integer end
from (
    select event_id, facts -> 0 -> 'owner' ->> 'id' as owner, facts -> 0 -> 'settings' ->> 'capacity' as places
    from journal where version = 1 and kinds = 'EventCreated' and event_id in (select event_id from event_index)
) made
where made.event_id = event_index.event_id;
create index event_index_by_owner on event_index (owner, ends_at) where state <> 'CANCELLED';
