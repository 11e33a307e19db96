-- Lists leave out what tells of somebody restricted: those few are found without a look at everybody else.
CREATE INDEX person_restricted ON person (authority_id, id) WHERE restricted;
