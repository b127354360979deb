-- When the sales of an event begin and end, for lists by state. Null in the rows of earlier versions: since ever, and at the start.
alter table event_index add column sales_from text;
alter table event_index add column sales_until text;
