-- Which incidents does an issue belong to? Asked for every delivery.
CREATE INDEX incident_issues_by_issue ON incident_issues (repository, number);
