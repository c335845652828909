-- title: نتائج جولة الجمع لكل صحيفة
-- description: كيف انتهت زيارة كل عنوان، معدوداً بحسب الصحيفة والنتيجة. run: رقم الجولة؛ إن تُرك فارغاً فآخر جولة.
-- title_en: Outcomes of a crawl by outlet
-- description_en: How the visit of each address ended, counted by outlet and outcome. run: number of the crawl; empty: the last.
SELECT
    o.run_id AS run,
    r.started_at,
    o.site,
    s.name AS outlet,
    o.outcome,
    outcome_meaning(o.outcome) AS meaning,
    count(*) AS addresses
FROM outcomes o
LEFT JOIN runs r ON r.id = o.run_id
LEFT JOIN sites s ON s.id = o.site
WHERE o.run_id = coalesce(CAST(nullif(:run, '') AS INTEGER), (SELECT max(run_id) FROM outcomes))
GROUP BY o.site, o.outcome
ORDER BY o.site, addresses DESC, o.outcome
