-- what was settled before some time was polled before it: notification_of_instance serves the purge as well
drop index notification_settled;
