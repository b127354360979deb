-- What the list of accounts is searched in: folded by the program, since databases differ in what they know of letters. Rows that are
-- here already are folded in portions while the program runs: the edition says which are. Until then they are found as they were.
alter table identity."AspNetUsers" add column "Search" text not null default '';
alter table identity."AspNetUsers" add column "SearchEdition" integer not null default 0;
create index "IX_AspNetUsers_SearchEdition" on identity."AspNetUsers" ("SearchEdition");

update identity."AspNetUsers"
set "Search" = lower("UserName" || chr(10) || coalesce("Email", '') || chr(10) || "FirstName" || ' ' || "LastName");
