# A report can be dropped in the middle
maria   used 3 cases of romaine
  says  Used 3 cases of romaine: which work order is it for?
  asks  work_order: WO-4474 | WO-4475
maria   never mind
  says  Dropped: use: 3 case romaine. Nothing posted.
stock   RM1107 C1-01 14 case
