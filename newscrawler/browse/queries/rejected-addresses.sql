-- title: العناوين التي لم تُحفظ وأسبابها
-- description: عناوين زيرت في الجولة ولم تصر مقالاً، مع السبب. run: رقم الجولة أو فارغ لآخر جولة. site وoutcome: لحصر النتائج في صحيفة أو سبب، أو فارغان للجميع. لا يُعرض أكثر من 1000 عنوان.
-- title_en: Addresses that were not kept, and why
-- description_en: Addresses that a crawl visited and that did not become articles, with the reason. run: number of the crawl, or empty for the last. site and outcome: narrow to one outlet or reason, or empty. At most 1000 addresses.
SELECT
    o.site,
    o.outcome,
    outcome_meaning(o.outcome) AS meaning,
    o.detail,
    o.url,
    o.at
FROM outcomes o
WHERE o.run_id = coalesce(CAST(nullif(:run, '') AS INTEGER), (SELECT max(run_id) FROM outcomes))
    AND o.outcome NOT IN ('New', 'Revised', 'Unchanged', 'Copy', 'NotModified', 'Shortened')
    AND (:site = '' OR o.site = :site)
    AND (:outcome = '' OR o.outcome = :outcome)
LIMIT 1000
