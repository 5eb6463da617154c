# An adjustment split into many small scraps is caught
deshawn scrap 1 case hummus H1119 damaged
  says  Scrapped 1 case of hummus H1119 from cooler 2 bay 1 (damaged).
  posts 34 scrap H1119 C2-01 -1 case H1119 SCRAP 1 case
deshawn scrap 1 case hummus H1119 damaged
  says  Scrapped 1 case of hummus H1119 from cooler 2 bay 1 (damaged).
  posts 35 scrap H1119 C2-01 -1 case H1119 SCRAP 1 case
deshawn scrap 1 case hummus H1119 damaged
  says  Small write-offs of H1119 add up to 3 cases within 24 hours, so this one needs another person's approval. Request 1 waits for a supervisor or QA. Nothing posted yet.
  tells supervisors: DeShawn Price asks for approval 1: Scrapped 1 case of hummus H1119 from cooler 2 bay 1 (damaged). Small write-offs of H1119 add up to 3 cases within 24 hours, so this one needs another person's approval.
deshawn scrap 1 case hummus H1119 damaged
  says  Small write-offs of H1119 add up to 3 cases within 24 hours, so this one needs another person's approval. Request 2 waits for a supervisor or QA. Nothing posted yet.
  tells supervisors: DeShawn Price asks for approval 2: Scrapped 1 case of hummus H1119 from cooler 2 bay 1 (damaged). Small write-offs of H1119 add up to 3 cases within 24 hours, so this one needs another person's approval.
deshawn scrap 1 case hummus H1119 damaged
  says  Small write-offs of H1119 add up to 3 cases within 24 hours, so this one needs another person's approval. Request 3 waits for a supervisor or QA. Nothing posted yet.
  tells supervisors: DeShawn Price asks for approval 3: Scrapped 1 case of hummus H1119 from cooler 2 bay 1 (damaged). Small write-offs of H1119 add up to 3 cases within 24 hours, so this one needs another person's approval.
stock   H1119 C2-01 138 case
