### Nama medan, dan baris yang menunjukkan maklumat.

# $field (String): email, name, identity, address, phone, state, branch, service, date or slot.
field-label =
    { $field ->
        [email] E-mel
        [name] Nama
        [identity] No. pengenalan
        [address] Alamat
        [phone] No. telefon
        [state] Negeri
        [branch] Cawangan
        [service] Urusan
        [date] Tarikh
       *[slot] Masa
    }

# In a sentence: “Tukar alamat e-mel”.
# $field (String): as for field-label.
field-name =
    { $field ->
        [email] alamat e-mel
        [name] nama
        [identity] nombor pengenalan
        [address] alamat
        [phone] nombor telefon
        [state] negeri
        [branch] cawangan
        [service] urusan
        [date] tarikh
       *[slot] masa
    }

# $kind (String): mykad, passport or other.
identity-kind =
    { $kind ->
        [mykad] Kad pengenalan
        [passport] Pasport
       *[other] Dokumen lain
    }

# $label (String): what it is.
# $value (String): the value.
given-line = { $label }: { $value }

# $line (String): name and value of what was understood.
given-one = Telah dicatat – { $line }

# Lines with name and value follow.
given-several = Telah dicatat:
