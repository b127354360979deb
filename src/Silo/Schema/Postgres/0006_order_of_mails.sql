-- What a notification is about: mails about one invitation keep their order, and those about the event alone (empty) theirs with all of it.
alter table notifications add column invitation text not null default '';
create index notifications_in_order on notifications (recipient, event_id, invitation, version) where state = 'QUEUED';
