-- Notifications whose life is over are found by the end of it: those that were sent or given up, and dead letters, which live longer.
create index notifications_settled on notifications (settled_at) where state in ('SENT', 'DISCARDED');
create index notifications_dead on notifications (settled_at) where state = 'FAILED';
