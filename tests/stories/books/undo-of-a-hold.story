# Taking back a hold is a release: only QA does it
deshawn hold CB1114
  says  Chicken CB1114 is on hold.
  posts 34 hold
deshawn undo
  says  Taking back the hold of CB1114 is a release, and only QA can release it. CB1114 stays on hold.
walt    undo 34
  says  Taking back the hold of CB1114 is a release, and only QA can release it. CB1114 stays on hold.
anna    undo 34
  says  Entry 34 is not yours; a supervisor can take it back.
