-- Tokens whose life is over are found by its end.
create index "IX_OpenIddictTokens_ExpirationDate" on "OpenIddictTokens" ("ExpirationDate");
