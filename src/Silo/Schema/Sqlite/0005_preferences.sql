-- How people want to be written to: in which language, and who wants no reminders.
create table languages (
    person_id text primary key,
    locale text not null
);
create table unsubscribed (
    recipient text primary key,
    at integer not null
);
-- What waits for one recipient, so that they are told in order.
create index notifications_waiting on notifications (recipient, event_id, version) where state = 'QUEUED';
