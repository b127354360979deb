-- Urgent mails go ahead of those that everybody gets: 0 urgent, 1 personal, 2 everybody.
alter table notifications add column urgency smallint not null default 1;
update notifications set urgency = case when kind in ('PLACE_AVAILABLE', 'PROMOTED', 'OFFER_LAPSED') then 0
    when kind in ('EVENT_REMINDER', 'EVENT_CHANGED', 'EVENT_CANCELLED') then 2 else 1 end where state = 'QUEUED';
drop index notifications_queued;
create index notifications_queued on notifications (urgency, due_at, id) where state = 'QUEUED';

-- A report that fails is put off, with growing pauses; the others go on.
alter table notifications add column report_at bigint not null default 0;
alter table notifications add column report_tries integer not null default 0;
drop index notifications_unreported;
create index notifications_unreported on notifications (report_at, id) where unreported = 1;
