-- Vouchers: the issuer's code, a warning where a family has another one for the same, and redemptions that become known
-- after the voucher was taken for expired.

ALTER TABLE voucher ADD issuer_code text CHECK (length(issuer_code) BETWEEN 0 AND 60), ADD alike_id uuid;
CREATE UNIQUE INDEX voucher_issuer_code ON voucher (authority_id, canonical_form('tag', issuer_code)) WHERE NOT voided;
CREATE INDEX ON voucher (authority_id, issuer_code, id) WHERE issuer_code IS NOT NULL;
INSERT INTO lifecycle_move VALUES ('voucher', 'expired', 'redeem', 'redeemed');
