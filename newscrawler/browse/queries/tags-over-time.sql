-- title: وسم عبر الزمن
-- description: عدد المقالات التي تحمل وسماً، بحسب شهر النشر والصحيفة. tag: اسم الوسم كما هو في جدول tags. site: معرّف صحيفة واحدة أو فارغ للجميع.
-- title_en: A tag over time
-- description_en: Number of articles with a tag, by month of publication and outlet. tag: the tag's name as in the table tags. site: id of one outlet, or empty for all.
WITH chosen AS (
    SELECT id, kind FROM tags
    WHERE kind IN ('topic', 'person', 'organisation', 'place', 'keyword') AND name = trim(:tag)
)
SELECT
    substr(a.published_at, 1, 7) AS month,
    chosen.kind,
    s.id AS site,
    s.name AS outlet,
    count(*) AS articles
FROM chosen
CROSS JOIN article_tags g ON g.tag_id = chosen.id
CROSS JOIN articles a ON a.id = g.article_id
CROSS JOIN sites s ON s.id = a.site
WHERE a.published_at IS NOT NULL
    AND (:site = '' OR s.id = :site)
GROUP BY month, chosen.kind, s.id
ORDER BY month DESC, articles DESC, s.id
