-- title: أكثر المقالات نسخاً
-- description: المقالات التي ظهر نصّها في عناوين أخرى: copies النص نفسه حرفاً بعد الطيّ، near_copies نص قريب منه، outlets عدد الصحف المختلفة التي نسخته.
-- title_en: Most copied articles
-- description_en: Articles whose text appeared at other addresses: copies the same text letter by letter after folding, near_copies a text close to it, outlets the number of different outlets that copied it.
WITH exact AS (
    SELECT article_id, count(*) AS copies FROM copies GROUP BY article_id
),
near AS (
    SELECT original_id AS article_id, count(*) AS near_copies
    FROM articles WHERE original_id IS NOT NULL GROUP BY original_id
),
counted AS (
    SELECT article_id, sum(copies) AS copies, sum(near_copies) AS near_copies
    FROM (
        SELECT article_id, copies, 0 AS near_copies FROM exact
        UNION ALL
        SELECT article_id, 0, near_copies FROM near
    )
    GROUP BY article_id
    ORDER BY sum(copies) + sum(near_copies) DESC, article_id
    LIMIT 100
)
SELECT
    a.id AS article_id,
    a.title,
    s.name AS outlet,
    a.agency,
    a.published_at,
    counted.copies,
    counted.near_copies,
    (
        SELECT count(DISTINCT site) FROM (
            SELECT site FROM copies WHERE article_id = a.id
            UNION ALL
            SELECT site FROM articles WHERE original_id = a.id
        )
        WHERE site <> a.site
    ) AS outlets
FROM counted
JOIN articles a ON a.id = counted.article_id
LEFT JOIN sites s ON s.id = a.site
ORDER BY counted.copies + counted.near_copies DESC, a.id
