-- Since when a message is refused for now (null: it is not), whether it was a dead letter that is sent again, and the language that the
-- owner of an address chose, for those who were invited by address.
alter table notifications add column refused_since bigint;
alter table notifications add column replayed smallint not null default 0;
create table languages_of_addresses (recipient text primary key, locale text not null);
