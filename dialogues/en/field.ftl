### Names of fields, and the lines that show what was given.

# $field (String): email, name, identity, address, phone, state, branch, service, date or slot.
field-label =
    { $field ->
        [email] E-mail
        [name] Name
        [identity] Identity no.
        [address] Address
        [phone] Telephone
        [state] State
        [branch] Branch
        [service] Service
        [date] Date
       *[slot] Time
    }

# In a sentence: “Change e-mail address”.
# $field (String): as for field-label.
field-name =
    { $field ->
        [email] e-mail address
        [name] name
        [identity] identity number
        [address] address
        [phone] telephone number
        [state] state
        [branch] branch
        [service] service
        [date] date
       *[slot] time
    }

# $kind (String): mykad, passport or other.
identity-kind =
    { $kind ->
        [mykad] Identity card
        [passport] Passport
       *[other] Other document
    }

# $label (String): what it is.
# $value (String): the value.
given-line = { $label }: { $value }

# $line (String): name and value of what was understood.
given-one = Noted – { $line }

# Lines with name and value follow.
given-several = Noted:
