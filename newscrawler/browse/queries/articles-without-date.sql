-- title: مقالات بلا تاريخ
-- description: أحدث 500 مقال محفوظ لم يُقرأ تاريخ نشره. published_raw ما طُبع مكان التاريخ إن وُجد. site: معرّف صحيفة واحدة أو فارغ للجميع.
-- title_en: Articles without a date
-- description_en: The 500 articles archived last whose date of publication could not be read. published_raw is what was printed in its place, if anything. site: id of one outlet, or empty for all.
SELECT
    a.id AS article_id,
    a.title,
    s.name AS outlet,
    a.published_raw,
    a.published_from,
    a.first_seen_at,
    a.url
FROM articles a
LEFT JOIN sites s ON s.id = a.site
WHERE a.published_at IS NULL
    AND (:site = '' OR a.site = :site)
ORDER BY a.id DESC
LIMIT 500
