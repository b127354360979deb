-- Since when a message is refused for now (null: it is not), whether it was a dead letter that is sent again, the language that the owner
-- of an address chose, for those who were invited by address, and who wants no invitations.
alter table notifications add column refused_since bigint;
alter table notifications add column replayed smallint not null default 0;
create table languages_of_addresses (recipient text primary key, locale text not null);
create table unwanted_invitations (recipient text primary key, at bigint not null);
