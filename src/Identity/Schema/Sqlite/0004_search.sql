-- What the list of accounts is searched in: folded by the program, since databases differ in what they know of letters. Rows that are
-- here already are folded in portions while the program runs: the edition says which are. Until then they are found as they were.
alter table "AspNetUsers" add column "Search" TEXT NOT NULL DEFAULT '';
alter table "AspNetUsers" add column "SearchEdition" INTEGER NOT NULL DEFAULT 0;

CREATE INDEX "IX_AspNetUsers_SearchEdition" ON "AspNetUsers" ("SearchEdition");

update "AspNetUsers"
set "Search" = lower("UserName" || char(10) || coalesce("Email", '') || char(10) || "FirstName" || ' ' || "LastName");
