-- The ledger: one row a notification, from the moment it is to be sent until long after. Times are milliseconds since 1970.
create table notifications (
    id bigint generated always as identity primary key,
    key text not null unique,
    event_id bigint not null,
    version bigint not null,
    kind text not null,
    recipient text not null,
    body text not null,
    state text not null,
    attempts integer not null default 0,
    counted integer not null default 0,
    due_at bigint not null,
    claimed_by text,
    claimed_until bigint not null default 0,
    created_at bigint not null,
    settled_at bigint,
    answer text,
    unreported integer not null default 0
);
create index notifications_queued on notifications (due_at, id) where state = 'QUEUED';
create index notifications_failed on notifications (id) where state = 'FAILED';
create index notifications_unreported on notifications (id) where unreported = 1;
create index notifications_by_event on notifications (event_id, id);
create index notifications_by_recipient on notifications (recipient, id);

-- Up to which version the ledger was found complete.
create table reconciled (
    event_id bigint primary key,
    version bigint not null
);
