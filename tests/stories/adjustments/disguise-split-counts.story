# An adjustment split into counts that each stay within tolerance is caught
deshawn count C2-01 hummus H1119 138 cs
  says  Counted 138 cases of hummus H1119 in cooler 2 bay 1. That is -2 cases against the books; the difference is posted to count variance. The count of H1119 in cooler 2 bay 1 found 2 cases less than the books.
  posts 34 count H1119 VARIANCE 2 case H1119 C2-01 -2 case
deshawn count C2-01 hummus H1119 136 cs
  says  Counts and write-offs of H1119 add up to 4 cases within 24 hours, so this one needs another person's approval. Request 1 waits for a supervisor or QA. Nothing posted yet.
  tells supervisors: DeShawn Price asks for approval 1: Counted 136 cases of hummus H1119 in cooler 2 bay 1. That is -2 cases against the books; the difference is posted to count variance. Counts and write-offs of H1119 add up to 4 cases within 24 hours, so this one needs another person's approval.
stock   H1119 C2-01 138 case
